/** Time and memory from its making to its end. */
export class Peak {
  private readonly began = performance.now();
  private readonly cpu = process.cpuUsage();
  private heap = 0;
  private readonly timer: NodeJS.Timeout;

  constructor() {
    this.timer = setInterval(() => this.look(), 20);
    this.timer.unref();
  }

  end(): { seconds: number; cpuSeconds: number; peakRssMb: number; peakHeapMb: number } {
    clearInterval(this.timer);
    this.look();
    const { user, system } = process.cpuUsage(this.cpu);
    return {
      seconds: (performance.now() - this.began) / 1000,
      cpuSeconds: (user + system) / 1e6,
      // Kilobytes, of the program from its beginning.
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
      peakHeapMb: Math.round(this.heap / 2 ** 20),
    };
  }

  private look(): void {
    this.heap = Math.max(this.heap, process.memoryUsage().heapUsed);
  }
}
