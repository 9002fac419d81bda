"""Pure calculation: noise, quarters, which cells may be told, and what words give away."""
