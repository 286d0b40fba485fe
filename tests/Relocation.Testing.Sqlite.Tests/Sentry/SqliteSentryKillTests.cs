using System.Runtime.CompilerServices;
using Relocation.Testing.Sqlite.Tests.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentryKillTests()
    : SentryKillSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile), typeof(SqliteSentryKillTests).Assembly.Location, isResumable: false)
{
    [ModuleInitializer]
    internal static void RunWhenAsked() => KilledProcess.RunWhenAsked(SqliteEngine.Instance);
}
