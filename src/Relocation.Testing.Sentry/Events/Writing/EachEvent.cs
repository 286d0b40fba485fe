using System.Runtime.ExceptionServices;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Does for each event of a batch what needs neither the database nor other events: on several threads, with the same results as if one after
/// another.
/// </summary>
internal static class EachEvent
{
    /// <summary>Fewer are done sooner than others are woken.</summary>
    private const int FewestForThreads = 8;

    private const int MostThreads = 4;

    private static readonly ParallelOptions Threads = new() { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostThreads) };

    /// <summary>Whether events have nothing in common. Parts of one tree may: an event may be a part of another.</summary>
    internal static bool AreIndependent(IReadOnlyList<EventInput> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i]?.Data.Parent is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Does the work. When it fails for some events, the failure of the first one is thrown; all before it are done, those behind it may be.
    /// </summary>
    /// <param name="count">How many events there are.</param>
    /// <param name="areIndependent">Whether the work for one event touches nothing that it touches for another.</param>
    /// <param name="work">What is done for the event at a place.</param>
    internal static void Do(int count, bool areIndependent, Action<int> work)
    {
        if (!areIndependent || count < FewestForThreads || Threads.MaxDegreeOfParallelism == 1)
        {
            for (var i = 0; i < count; i++)
            {
                work(i);
            }

            return;
        }

        var failures = new ExceptionDispatchInfo?[count];
        var done = Parallel.For(0, count, Threads, (at, state) =>
        {
            try
            {
                work(at);
            }
            catch (Exception exception)
            {
                // Whatever it is, it is thrown below; those before it go on.
                failures[at] = ExceptionDispatchInfo.Capture(exception);
                state.Break();
            }
        });
        if (done.LowestBreakIteration is { } first)
        {
            failures[first]!.Throw();
        }
    }
}
