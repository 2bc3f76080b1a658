"""Tables: as Markdown, and rebuilt from lines that lost their markup."""
