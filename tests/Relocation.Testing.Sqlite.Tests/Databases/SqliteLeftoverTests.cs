using System.Runtime.CompilerServices;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteLeftoverTests()
    : LeftoverSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile), typeof(SqliteLeftoverTests).Assembly.Location)
{
    [ModuleInitializer]
    internal static void RunWhenAsked() => LeasingHost.RunWhenAsked(SqliteTarget.TemporaryFile);
}
