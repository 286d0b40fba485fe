using System.Globalization;
using Relocation.Testing.Sentry.Tasks.Running;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Tasks;

public sealed class LeaseOwnerTests
{
    [Fact]
    public void Runs_of_one_process_differ_and_fit_the_column()
    {
        var (first, second) = (LeaseOwner.Make(), LeaseOwner.Make());

        Assert.NotEqual(first.ToString(), second.ToString());
        Assert.InRange((first with { Machine = new string('m', 64), Process = int.MaxValue, Started = long.MaxValue, Run = int.MaxValue }).ToString().Length, 1, 128);
        Assert.False(LeaseOwner.HasEnded(first.ToString()));
        Assert.Equal($"process {Environment.ProcessId} on {Environment.MachineName}", LeaseOwner.Describe(first.ToString()));
        Assert.InRange(first.Machine.Length, Environment.MachineName.Length + (OperatingSystem.IsLinux() ? 10 : 1), 61);
    }

    [Fact]
    public void Process_of_the_same_number_that_was_started_at_another_time_is_another()
    {
        var owner = LeaseOwner.Make();

        Assert.True(LeaseOwner.HasEnded((owner with { Started = owner.Started - 10 }).ToString()));
        Assert.Equal(OperatingSystem.IsLinux(), LeaseOwner.HasEnded((owner with { Started = owner.Started - 1 }).ToString()));
        Assert.False(LeaseOwner.HasEnded((owner with { Machine = "another", Process = 999_999_999 }).ToString()));
        Assert.True(LeaseOwner.HasEnded((owner with { Process = 999_999_999 }).ToString()));

        // A container of the same name on another machine, or beside this one.
        Assert.False(LeaseOwner.HasEnded((owner with { Machine = $"{Environment.MachineName}:other", Process = 999_999_999 }).ToString()));
    }

    [Fact]
    public void Process_is_known_by_what_stays_when_somebody_sets_the_clock()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the system keeps the time of the start itself.");
        var stat = File.ReadAllText("/proc/self/stat");

        Assert.Equal(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], LeaseOwner.Make().Started.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(null, 5L, 0L, true)]
    [InlineData(5L, 5L, 0L, false)]
    [InlineData(6L, 5L, 0L, true)]
    [InlineData(6L, 5L, 1L, false)]
    [InlineData(0L, 5L, 0L, false)]
    [InlineData(5L, 0L, 0L, false)]
    public void Process_that_is_there_and_does_not_tell_its_start_may_be_the_one(long? now, long then, long tolerance, bool isAnother) =>
        Assert.Equal(isAnother, LeaseOwner.IsAnother(now, then, tolerance));

    [Theory]
    [InlineData("")]
    [InlineData("a/b/c/d")]
    [InlineData("1/2/3")]
    public void Text_that_is_no_owner_of_ours_has_not_ended(string text)
    {
        Assert.False(LeaseOwner.HasEnded(text));
        Assert.Equal(text, LeaseOwner.Describe(text));
    }
}
