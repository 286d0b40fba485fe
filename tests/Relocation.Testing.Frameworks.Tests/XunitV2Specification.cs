namespace Relocation.Testing.Frameworks.Tests;

/// <summary>What only xUnit v2 does: it tells a test little of itself, and lets go of tests whose time has run out.</summary>
public abstract class XunitV2Specification(InnerRun run) : FrameworkSpecification(run)
{
    /// <summary>In a run on a build server. Tests of a server that is away fail there.</summary>
    protected override IEnumerable<string> Passing =>
    [
        .. base.Passing, "Text_of_a_plain_fact", "Plainly_leaves_a_table", "Plain_turn", "Text_of_a_fact_without_output",
        "Named_text_of_a_theory_without_output", "Half_made_test_can_be_ended_twice", "Database_is_given_back_once_by_whatever_is_called_first",
        "Fixture_can_be_ended_twice_and_half_made", "Database_of_the_collection", "Row_that_is_known_late",
        "Text_with_long_arguments",
    ];

    protected override int OthersPassing => 2;

    protected override int FailureCode => 1;

    protected override string Received => "Received";

    protected override string NotDescribed => "The test database has no target. Set Target to where it comes from:";

    /// <summary>It attaches no files; the output names them.</summary>
    public override void Received_files_are_attached_to_the_test(string method, string file) =>
        Assert.Contains($"Received: {Inner.Artifact(file).Path}", Run.Test(method).Text, StringComparison.Ordinal);

    /// <summary>Both tests would fail otherwise if they saw each other's rows.</summary>
    [Theory]
    [InlineData("Writes_on_after_its_time")]
    [InlineData("Plainly_writes_on_after_its_time")]
    public void A_test_that_goes_on_after_its_time_never_meets_the_next_one(string method)
    {
        Assert.Equal(["failed (number: 1)", "failed (number: 2)"], Run.Tests(method));
        foreach (var arguments in new[] { "number: 1", "number: 2" })
        {
            var (_, text) = Run.Test(method, arguments);
            Assert.Contains("4000 milliseconds", text, StringComparison.Ordinal);
            Assert.Contains($"{method}({arguments})' ran out of time and may still write. Its database is thrown away", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("OutlivingTests.Writes_on_after_its_time_number=1", "left by 1")]
    [InlineData("PlainOutlivingTests.Plainly_writes_on_after_its_time_number=2", "left by 2")]
    [InlineData("FailingSetUpTests.Set_up_that_fails_the_first_time_number=*", "left by a set-up")]
    public void Database_of_a_test_that_xUnit_lets_go_of_is_kept(string test, string row) =>
        Assert.Contains(row, Inner.KeptDatabase(test).Content, StringComparison.Ordinal);

    /// <summary>There is one database only: the second test gets it, put back.</summary>
    [Fact]
    public void Database_is_given_back_after_a_set_up_that_failed() => Assert.Equal(
        ["failed", "passed"], Run.Tests("Set_up_that_fails_the_first_time").Select(test => test.Split(' ')[0]).Order(StringComparer.Ordinal));

    /// <summary>The approved files differ.</summary>
    [Fact]
    public void Rows_that_are_known_late_have_files_each() => AllPass("Row_that_is_known_late", 2);

    [Theory]
    [InlineData("Half_made_test_can_be_ended_twice")]
    [InlineData("Database_is_given_back_once_by_whatever_is_called_first")]
    [InlineData("Fixture_can_be_ended_twice_and_half_made")]
    public void Any_order_of_calls_ends_a_test(string method) => AllPass(method, 1);

    [Fact]
    public void Classes_of_a_collection_share_its_database() => AllPass("Database_of_the_collection", 2);

    [Fact]
    public void Plain_tests_each_see_the_baseline() => AllPass("Plain_turn", 2);

    [Fact]
    public void A_plain_test_that_changes_the_schema_is_warned_by_its_name_in_its_output()
    {
        var (outcome, text) = Run.Test("Plainly_leaves_a_table");

        Assert.Equal("passed", outcome);
        Assert.Matches(@"Test '[\w.]*PlainTests\.Plainly_leaves_a_table' .*schema", text);
    }

    [Fact]
    public void Files_of_a_plain_test_have_its_name_and_arguments_where_it_has_an_output()
    {
        AllPass("Text_of_a_plain_fact", 1);
        Assert.EndsWith("a/b 1.5", Inner.Artifact("PlainTests.Text_of_a_plain_theory_name=a+b_number=1.5.received.txt").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_a_plain_test_without_an_output_have_the_name_of_its_method() => AllPass("Text_of_a_fact_without_output", 1);

    [Theory]
    [InlineData("Text_of_a_theory_without_output", "xUnit v2 does not tell a test its arguments. Write [RelocationTheory]")]
    [InlineData("Text_that_another_method_compares", "'NamelessTests.CompareAsync' compares with an approved file and is no test")]
    public void A_plain_test_without_an_output_says_what_is_not_known(string method, string reason)
    {
        var (outcome, text) = Run.Test(method);

        Assert.Equal("failed", outcome);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    /// <summary>xUnit's names for both are the same, since it cuts texts; the approved files differ.</summary>
    [Fact]
    public void Tests_with_long_arguments_have_files_each() => AllPass("Text_with_long_arguments", 2);

    [Theory]
    [InlineData("Fact_without_a_server", 1)]
    [InlineData("Theory_without_a_server", 2)]
    [InlineData("Late_theory_without_a_server", 2)]
    [InlineData("Plain_fact_without_a_server", 1)]
    public void Tests_of_a_server_that_is_away_fail_on_a_build_server(string method, int count)
    {
        Assert.Equal(count, Run.Tests(method).Length);
        Assert.All(Run.Tests(method), test => Assert.StartsWith("failed", test, StringComparison.Ordinal));
        Assert.Contains("No test database can be created on the PostgreSQL server", Run.Test(method).Text, StringComparison.Ordinal);
    }
}
