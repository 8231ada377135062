import { Problem } from '@ringfence/kernel';

/** What the system says where there is no room: the disk, a quota, or the largest file that a process may write. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** What it says where the disk takes nothing: it fails, or it is there to be read only. */
const unwritable = new Set(['EIO', 'EROFS', 'EACCES', 'EPERM']);

/** A failure to write, as its sender is told of it; undefined where the failure is none of the disk's. */
export function notStored(error: unknown): Problem | undefined {
  const code = systemCode(error) ?? '';
  if (full.has(code)) {
    return new Problem(
      'file-not-stored',
      'The file could not be kept: the disk of this service is full. Nothing of it was kept: send it again later.',
      { cause: error },
    );
  }
  if (!unwritable.has(code)) return undefined;
  return new Problem(
    'file-not-stored',
    'The file could not be kept: the disk of this service cannot be written. Nothing of it was kept: send it again later.',
    { cause: error },
  );
}

/** The disk took the bytes, and hands out others. */
export function notAsWritten(): Problem {
  return new Problem(
    'file-not-stored',
    'The file could not be kept: the disk of this service does not hold what was written to it. Send it again later.',
  );
}

/** `of` names the file, as "The file of this receipt". */
export function missing(of: string, cause?: unknown): Problem {
  return new Problem('file-missing', `${of} is no longer readable, because it is missing: send it again.`, { cause });
}

export function altered(of: string): Problem {
  return new Problem('file-altered', `${of} is no longer readable, because it is not what was sent: send it again.`);
}

/** Whether the disk cannot read what it holds: for whoever asks for the file, it is lost like an altered one. */
export function isUnreadable(error: unknown): boolean {
  return systemCode(error) === 'EIO';
}

export function unreadable(of: string, cause: unknown): Problem {
  const why = 'the disk of this service cannot read it';
  return new Problem('file-altered', `${of} is no longer readable, because ${why}: send it again.`, { cause });
}

/** Whether a stored file was found to be missing, torn or altered. */
export function isLostFile(error: unknown): error is Problem {
  return error instanceof Problem && (error.code === 'file-missing' || error.code === 'file-altered');
}

/** The system's code of an error, such as ENOSPC, also where another error was made of it. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return systemCode(cause) ?? (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined);
}
