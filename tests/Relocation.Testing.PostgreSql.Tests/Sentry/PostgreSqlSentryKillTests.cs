using System.Runtime.CompilerServices;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryKillTests(PostgreSqlFixture fixture)
    : SentryKillSpecification(fixture.UnderTest, typeof(PostgreSqlSentryKillTests).Assembly.Location, isResumable: false)
{
    [ModuleInitializer]
    internal static void RunWhenAsked() => KilledProcess.RunWhenAsked(PostgreSqlEngine.Instance);
}
