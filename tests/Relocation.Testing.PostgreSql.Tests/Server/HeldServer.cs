using System.Runtime.CompilerServices;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Server;

/// <summary>What a second process of this assembly does for the test that kills it: it holds a server and runs no tests.</summary>
internal static class HeldServer
{
    /// <summary>The environment variable that asks for it: the file that says where the server lives, and its process's number.</summary>
    internal const string Report = "RELOCATION_TEST_HOLD";

    [ModuleInitializer]
    internal static void HoldWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Report) is not { Length: > 0 } report)
        {
            return;
        }

        HostProcess.EndWithParent();
        var server = PostgreSqlServer.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        var pid = File.ReadAllLines(Path.Combine(server.Folder, "data", "postmaster.pid"))[0];
        File.WriteAllLines(report, [server.Folder, pid]);
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
