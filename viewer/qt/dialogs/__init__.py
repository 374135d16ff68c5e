"""The dialogs and pages of text."""
