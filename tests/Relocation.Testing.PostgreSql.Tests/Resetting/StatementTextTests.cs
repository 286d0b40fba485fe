using Relocation.Testing.PostgreSql.Resetting;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

public sealed class StatementTextTests
{
    [Theory]
    [InlineData("UPDATE \"Lines\" SET \"Quantity\" = 7 WHERE \"Id\" = $1", "UPDATE \"Lines\" SET \"Quantity\" = ? WHERE \"Id\" = $1")]
    [InlineData("INSERT INTO t1\n  VALUES (1.5,\t'a secret', 2)", "INSERT INTO t1 VALUES (?,…")]
    [InlineData("SELECT E'it\\'s secret'", "SELECT…")]
    [InlineData("DO $x$ BEGIN secret; END $x$", "DO…")]
    [InlineData("SELECT 1 -- secret", "SELECT ?…")]
    [InlineData("SELECT /* secret */ 1", "SELECT…")]
    [InlineData("-- a tag\n\nSELECT b FROM books", "SELECT b FROM books")]
    [InlineData("-- secret", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Values_are_left_out(string? statement, string shown) => Assert.Equal(shown, StatementText.Shown(statement));

    [Fact]
    public void Long_statements_are_cut() =>
        Assert.Equal($"SELECT {new string('x', 93)}…", StatementText.Shown($"SELECT {new string('x', 300)}"));
}
