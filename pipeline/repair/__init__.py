"""What damaged the text on its way, undone where there is exactly one reading; each repair can be reverted."""
