"""Job alerts: asked for, confirmed, ended, and mailed each morning."""
