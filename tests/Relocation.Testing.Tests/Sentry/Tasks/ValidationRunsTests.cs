using Relocation.Testing.Sentry.Tasks.Validating;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Tasks;

public sealed class ValidationRunsTests
{
    private static readonly Guid First = new("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    private static readonly Guid Second = new("3f2504e0-4f89-41d3-9a0c-0305e82c3302");

    [Fact]
    public void Run_has_the_same_identity_whenever_it_is_started_and_no_other_run_has_it()
    {
        var runs = new[] { First, Second }.SelectMany(relocation => Enumerable.Range(1, 3).Select(number => ValidationRuns.IdentityOf(relocation, number))).ToList();

        Assert.Equal(ValidationRuns.IdentityOf(First, 2), runs[1]);
        Assert.Equal(6, runs.Distinct().Count());
        Assert.All(runs, run => Assert.Equal(8, run.Version));
        Assert.Equal(6, runs.Select(ValidationRuns.SeedOf).Distinct().Count());
    }
}
