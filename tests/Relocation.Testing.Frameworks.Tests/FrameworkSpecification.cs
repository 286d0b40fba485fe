namespace Relocation.Testing.Frameworks.Tests;

/// <summary>What tests with a baseline do in every framework, seen from outside: outcomes, messages, files.</summary>
public abstract class FrameworkSpecification(InnerRun inner)
{
    /// <summary>The methods whose tests all pass; of <c>Map_of_a_backup</c> one does.</summary>
    protected virtual IEnumerable<string> Passing =>
        ["Turn", "Backup_beside_the_source", "Map_of_an_engine", "Map_in_a_version", "Meets_another_test_with_the_same_baseline", "Leaves_a_table"];

    /// <summary>How many tests pass of methods of which others fail.</summary>
    protected virtual int OthersPassing => 1;

    /// <summary>How the runner ends if a test has failed.</summary>
    protected virtual int FailureCode => 2;

    /// <summary>What the output calls a received file.</summary>
    protected virtual string Received => "Attached";

    /// <summary>What a database says that nobody described.</summary>
    protected abstract string NotDescribed { get; }

    protected InnerRun Inner => inner;

    /// <summary>How a time of 1500 ms is shown.</summary>
    protected virtual string TimeThatRanOut => "1500";

    /// <summary>What a matrix says of a method that does not look like one of its tests.</summary>
    protected virtual string NotFitting => "'Matrix_with_parameters' has parameters, which [BackupMatrix] has nothing for.";

    private protected TestRun Run => inner.Result;

    [Fact]
    public void Tests_pass_only_where_they_should()
    {
        Assert.Equal(FailureCode, Run.ExitCode);
        Assert.Equal(0, Run.Count("skipped"));
        Assert.Equal(
            Passing.Sum(method => Run.Tests(method).Count(test => test.StartsWith("passed ", StringComparison.Ordinal))) + OthersPassing, Run.Count("succeeded"));
    }

    [Fact]
    public void Tests_in_parallel_each_see_the_baseline_and_their_own_rows() => AllPass("Turn", 8);

    [Fact]
    public void Tests_that_wait_for_each_other_have_a_database_each() => AllPass("Meets_another_test_with_the_same_baseline", 2);

    [Fact]
    public void Baseline_is_found_from_the_source_file() => AllPass("Backup_beside_the_source", 1);

    [Fact]
    public void Matrix_has_a_test_for_each_backup_and_engine() => Assert.Equal(
        [
            "failed (same.json, PostgreSQL)",
            "failed (v2/changed.json, PostgreSQL)",
            "failed (v2/changed.json, SQLite)",
            "passed (same.json, SQLite)",
        ],
        Run.Tests("Map_of_a_backup"));

    [Fact]
    public void Matrix_shows_what_differs_in_the_map_of_one_backup()
    {
        var (_, text) = Run.Test("Map_of_a_backup", "v2/changed.json, SQLite");
        var (received, map) = inner.Artifact("MatrixTests.Map_of_a_backup_backup=v2+changed.json.received.txt");

        Assert.Contains("shop.tag 10", text, StringComparison.Ordinal);
        Assert.Contains($"{Received}: {received}", text, StringComparison.Ordinal);
        Assert.EndsWith("shop.tag 10 -> 2 inserted", map, StringComparison.Ordinal);
    }

    [Fact]
    public void Engines_of_a_matrix_and_their_approved_files_can_be_chosen() =>
        Assert.Equal(["passed (same.json, SQLite)"], Run.Tests("Map_of_an_engine"));

    /// <summary>The approved files say different maps: keys are counted in one version and kept in the other.</summary>
    [Fact]
    public void Versions_of_a_matrix_have_a_test_and_an_approved_map_each() =>
        Assert.Equal(["passed (same.json, v1, SQLite)", "passed (same.json, v2, SQLite)"], Run.Tests("Map_in_a_version"));

    [Theory]
    [InlineData("Map_of_a_backup", "same.json, PostgreSQL", "No test database can be created on the PostgreSQL server '127.0.0.1'")]
    [InlineData("Backup_that_is_broken", "broken.json, SQLite", "broken.json:1:33 /0 (shop.tag 3): The text ends before the array does.")]
    [InlineData("Pattern_that_matches_nothing", null, "No backup matches 'nowhere/*.json', from any of these folders:")]
    [InlineData("Matrix_of_a_plain_class", null, "'PlainMatrixTests' has a test with [BackupMatrix], and derives from neither")]
    [InlineData("Versions_of_a_type_that_lists_none", null, "'VersionTests' lists no versions of tables.")]
    [InlineData("Versions_of_a_context", "same.json, v1, SQLite", "A matrix with versions cannot use 'ShopContext'")]
    [InlineData("Backup_that_is_missing", null, "No backup matches 'missing.json', from any of these folders:")]
    public void Test_fails_with_the_reason(string method, string? arguments, string reason)
    {
        var (outcome, text) = Run.Test(method, arguments);

        Assert.Equal("failed", outcome);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Database_that_nobody_described_says_how_to() => Test_fails_with_the_reason("Database_that_nobody_described", null, NotDescribed);

    [Fact]
    public void Test_whose_time_ran_out_says_so() => Test_fails_with_the_reason("Test_that_is_cancelled", null, TimeThatRanOut);

    [Fact]
    public void Matrix_says_what_its_methods_look_like() => Test_fails_with_the_reason("Matrix_with_parameters", null, NotFitting);

    [Theory]
    [InlineData("Broken_baseline_that_is_used")]
    [InlineData("Broken_baseline_that_is_not_used")]
    public void Each_test_says_why_the_baseline_is_broken(string method)
    {
        var (outcome, text) = Run.Test(method);

        Assert.Equal("failed", outcome);
        Assert.Contains("BackupFormatException", text, StringComparison.Ordinal);
        Assert.Contains("broken:1:33 /0 (shop.tag 3): The text ends before the array does.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NullReferenceException", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_differs_fails_with_its_difference()
    {
        var (outcome, text) = Run.Test("Map_that_differs");
        var (received, map) = inner.Artifact("SnapshotTests.Map_that_differs.received.txt");
        var (diff, difference) = inner.Artifact("SnapshotTests.Map_that_differs.diff.txt");

        Assert.Equal("failed", outcome);
        Assert.Contains("SnapshotMismatchException", text, StringComparison.Ordinal);
        Assert.Contains("shop.tag 4", text, StringComparison.Ordinal);
        Assert.Contains("shop.tag 9", text, StringComparison.Ordinal);
        Assert.Contains($"{Received}: {received}", text, StringComparison.Ordinal);
        Assert.Contains($"{Received}: {diff}", text, StringComparison.Ordinal);
        Assert.EndsWith("shop.tag 9 -> 2 inserted", map, StringComparison.Ordinal);
        Assert.Contains("shop.tag 4", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_nobody_approved_is_received_under_the_name_of_the_test_and_its_arguments()
    {
        var (outcome, text) = Run.Test("Text_that_nobody_approved");
        var (received, content) = inner.Artifact("SnapshotTests.Text_that_nobody_approved_name=a+b_number=1.5.received.txt");

        Assert.Equal("failed", outcome);
        Assert.Contains(received, text, StringComparison.Ordinal);
        Assert.EndsWith("a/b 1.5", content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Map_that_differs", "SnapshotTests.Map_that_differs.received.txt")]
    [InlineData("Map_that_differs", "SnapshotTests.Map_that_differs.diff.txt")]
    [InlineData("Text_that_nobody_approved", "SnapshotTests.Text_that_nobody_approved_name=a+b_number=1.5.received.txt")]
    public virtual void Received_files_are_attached_to_the_test(string method, string file) =>
        Assert.True(Run.HasAttachment(method, file), Run.Output);

    [Fact]
    public void A_failed_test_says_which_database_it_had()
    {
        var (outcome, text) = Run.Test("Plain_failure");

        Assert.Equal("failed", outcome);
        Assert.Contains("on purpose", text, StringComparison.Ordinal);
        Assert.Contains("Test database: SQLite: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Database_of_a_failed_test_is_kept_as_the_test_left_it_and_the_output_says_where()
    {
        var (path, content) = inner.KeptDatabase("FailingTests.Plain_failure");

        Assert.Contains($"is kept as '{path}'", Run.Test("Plain_failure").Text, StringComparison.Ordinal);
        Assert.StartsWith("SQLite format 3", content, StringComparison.Ordinal);
        Assert.Contains("left by a failed test", content, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_changes_the_schema_is_warned_by_its_name()
    {
        var (outcome, text) = Run.Test("Leaves_a_table");

        Assert.Equal("passed", outcome);
        Assert.Matches(@"Test '[\w.]*LeavingTests\.Leaves_a_table' .*schema", text);
    }

    [Fact]
    public void A_test_that_changes_the_schema_fails_where_it_is_to()
    {
        var (outcome, text) = Run.Test("Leaves_a_table_where_it_must_not");

        Assert.Equal("failed", outcome);
        Assert.Matches(@"Test '[\w.]*StrictTests\.Leaves_a_table_where_it_must_not' .*schema", text);
    }

    /// <summary>All tests of a method pass, and there are as many as there should be.</summary>
    protected void AllPass(string method, int count)
    {
        var tests = Run.Tests(method);
        Assert.Equal(count, tests.Length);
        Assert.All(tests, test => Assert.StartsWith("passed ", test, StringComparison.Ordinal));
    }
}
