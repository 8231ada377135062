/** Common first names, with which a bank transfer names a person. Names that are also trades or things are left out. */
export const firstNames: ReadonlySet<string> = new Set(
  `aaron abdul abdullah abigail adam adele adrian ahmed aidan aisha alan alastair albert alex alexander alexandra alfie ali
   alice alicia alison amanda amber amelia amina amir amy ana andrea andrew andy angela anita ann anna anne annette anthony
   antonia arjun arthur asha ashley audrey ayesha barbara barry beatrice becky ben benjamin bernadette beth bethany bev
   beverley bilal brenda brian bridget callum cameron carl carla carol caroline catherine cathy cerys charles charlie
   charlotte cheryl chloe chris christina christine christopher claire clare colin connor craig cynthia daniel danielle darren
   dave david dawn deborah debbie denise dennis derek diana diane dominic donna dorothy duncan dylan eddie edward eileen
   elaine eleanor elizabeth ella ellen ellie emily emma eric erin esther ethan eve evelyn fatima fiona frances francis
   gareth gary gavin gemma geoff george georgia georgina gerald gillian glen gordon graham greg gwen hannah harriet harry
   hassan hayley heather helen henry hilary holly howard hugh hussain ian ibrahim imran irene isaac isabel isabella isla
   jack jackie jacob jacqueline jade jake james jamie jane janet janice jasmine jason jayne jean jeff jen jennifer jenny
   jeremy jessica jill jim jo joan joanna joanne joe john jon jonathan jordan joseph josephine josh joshua joyce judith
   judy julia julian julie june justin karen kate katherine kathleen kathryn katie katy keith kelly ken kenneth kerry kevin
   khadija kieran kim kirsty kyle laura lauren leah lee leon lesley lewis liam linda lindsay lisa lizzie lorraine louis
   louise lucy luke lynn lynne maggie malcolm mandy marcus margaret maria marian marie marion mariam mark martin martina
   mary matthew maureen max maxine megan mehmet melanie melissa mia michael michelle mike mohammad mohammed molly monica
   muhammad nadia naomi natalie natasha nathan neil niamh nicholas nick nicky nicola nigel nina noah nora norman olivia
   omar oliver oscar owen pamela pat patricia patrick paul paula pauline peter phil philip phillip phoebe priya rachel
   raj rajesh raymond rebecca rhys richard rita robert robin roger ronald rosemary ross roy russell ruth ryan sadia sally
   sam samantha samir samuel sandra sara sarah scott sean shannon sharon shaun sheila shirley sian simon sophia sophie
   stacey stella stephanie stephen steve steven stuart sue susan suzanne sylvia tanya tara teresa terry tessa thomas tim
   timothy tina toby tom tony tracey tracy trevor valerie vanessa vera veronica vicky victor victoria vincent wayne wendy
   will william yasmin yusuf yvonne zainab zara zoe`.split(/\s+/),
);
