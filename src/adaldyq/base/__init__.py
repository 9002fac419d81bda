"""What every room stands on: pure Python, no Django, no country."""
