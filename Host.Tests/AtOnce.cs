using Xunit;

// Most tests wait most of the time, for a host, a lease or a standby: one more than there are processors is under way.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
