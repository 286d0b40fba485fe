using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Tests;
using Relocation.Testing.PostgreSql.Tests.Databases;
using Relocation.Testing.Specification.Databases;

[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]

namespace Relocation.Testing.PostgreSql.Tests;

/// <summary>
/// One server for all tests: that of RELOCATION_TEST_POSTGRES, or a throw-away one. Without either, tests are skipped on a developer's machine
/// and fail where CI is set.
/// </summary>
public sealed class PostgreSqlFixture : IAsyncLifetime
{
    private readonly DatabaseTemplates _templates = new();
    private PostgreSqlUnavailableException? _missing;
    private PostgreSqlServer? _server;
    private string _connectionString = string.Empty;

    /// <summary>A connection string of a user who may create databases; skips the test where there is no server.</summary>
    public string ConnectionString
    {
        get
        {
            if (_missing is not null)
            {
                Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), _missing.Message);
                throw new InvalidOperationException("Where CI is set, no test may be skipped.", _missing);
            }

            return _connectionString;
        }
    }

    /// <summary>The server of the running test, for tests that are handed no fixture.</summary>
    public static async Task<string> ConnectionStringAsync() =>
        (await TestContext.Current.GetFixture<PostgreSqlFixture>())!.ConnectionString;

    /// <summary>New databases on the server; skips the test where there is none.</summary>
    public DatabaseTarget Target => PostgreSqlTarget.OnServer(ConnectionString);

    /// <summary>The engine for the specifications; skips the test where there is no server.</summary>
    public DatabaseUnderTest UnderTest => new PostgreSqlUnderTest(ConnectionString);

    public async ValueTask InitializeAsync()
    {
        if (PostgreSqlEnvironment.Read(PostgreSqlEnvironment.ConnectionString) is { } connectionString)
        {
            _connectionString = connectionString;
            return;
        }

        try
        {
            _server = await SharedPostgreSqlServer.OfProcess.UseAsync(CancellationToken.None);
            _connectionString = _server.ConnectionString;
        }
        catch (PostgreSqlUnavailableException exception)
        {
            _missing = exception;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _templates.DisposeAsync();
        if (_server is not null)
        {
            await SharedPostgreSqlServer.OfProcess.ReleaseAsync(_server);
        }
    }
}
