using Relocation.Testing.PostgreSql.Tests.Server;
using Relocation.Testing.Specification.Chaos;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

/// <summary>On a server of their own, which is restarted meanwhile.</summary>
public sealed class PostgreSqlChaosTests() : ChaosSpecification(typeof(PostgreSqlChaosTests).Assembly.Location), IAsyncLifetime
{
    private RestartableServer _server = null!;

    protected override int Restarts => 3;

    protected override DatabaseUnderTest Engine => new PostgreSqlUnderTest(_server.ConnectionString);

    public async ValueTask InitializeAsync() => _server = await RestartableServer.MakeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override Task RestartAsync() => _server.RestartAsync();
}
