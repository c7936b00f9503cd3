"""The parts of Scripts/crash."""
