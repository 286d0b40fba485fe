using Relocation.Testing;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Tests;
using Relocation.Testing.PostgreSql.Tests.Databases;
using Relocation.Testing.PostgreSql.Tests.Sentry;
using Relocation.Testing.Specification.Chaos;
using Relocation.Testing.Specification.Sentry.Tasks;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// A host of chaotic tests uses the types of this assembly on many threads, which none may while a module initializer runs.
if (ChaosHost.IsAsked)
{
    await ChaosHost.RunAsync(new PostgreSqlUnderTest(PostgreSqlEnvironment.Read(PostgreSqlEnvironment.ConnectionString)!));
    return 0;
}

// Neither may one of relocations that are to be killed.
if (KilledRelocations.IsAsked)
{
    await KilledRelocations.RunAsync(PostgreSqlEngine.Instance, new PostgreSqlStatementWatch());
}

return Array.Exists(args, static argument => argument is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
