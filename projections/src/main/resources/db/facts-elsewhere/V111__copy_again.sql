-- The history is looked through once more from the first fact, and copies it again.
TRUNCATE recorded_fact;
