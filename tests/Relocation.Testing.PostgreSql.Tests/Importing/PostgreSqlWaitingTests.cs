using System.Data.Common;
using Relocation.Testing.PostgreSql.Waiting;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlWaitingTests(PostgreSqlFixture fixture) : WaitingSpecification(fixture.UnderTest)
{
    protected override string Holder => "idle in a transaction since ";

    protected override string Setting => "SELECT current_setting('lock_timeout')";

    protected override ValueTask<DbTransaction> BeginAsync(DbConnection connection) => connection.BeginTransactionAsync(TestContext.Current.CancellationToken);

    /// <summary>No value of somebody else's statement is ever shown, wherever it stands and wherever the server has cut the statement off.</summary>
    [Theory]
    [Case("load/lock-timeout")]
    [InlineData("SELECT * FROM users WHERE name = 'FROM s3cret'", "SELECT on users")]
    [InlineData("insert into \"My Table\" values ('s3cret')", "INSERT on \"My Table\"")]
    [InlineData("UPDATE public.t SET a = 's3cret'", "UPDATE on public.t")]
    [InlineData("/* FROM s3cret */ LOCK TABLE ONLY a.b IN SHARE MODE", "LOCK on a.b")]
    [InlineData("-- FROM s3cret\nDELETE FROM x", "DELETE on x")]
    [InlineData("SELECT 'FROM s3cret", "SELECT")]
    [InlineData("SELECT E'it\\'s' || ' FROM s3cret '", "SELECT")]
    [InlineData("SELECT $$ FROM s3cret $$, $a$ FROM s3cret", "SELECT")]
    [InlineData("(SELECT 'it''s FROM s3cret' FROM t)", "(SELECT on t")]
    [InlineData("COMMIT", "COMMIT")]
    [InlineData("", null)]
    [InlineData("'s3cret'", null)]
    public void Statement_of_somebody_else_is_told_without_its_values(string sql, string? kind) => Assert.Equal(kind, StatementKind.Of(sql));
}
