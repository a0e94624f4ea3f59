"""Long proofs: `make trust`. Each module has `main() -> int` that prints its figures and tells by its exit code."""
