// Tests that wait for each other must be able to meet on a machine with one core.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
