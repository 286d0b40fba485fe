using System.Runtime.CompilerServices;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class PostgreSqlLeftoverTests(PostgreSqlFixture fixture)
    : LeftoverSpecification(fixture.UnderTest, typeof(PostgreSqlLeftoverTests).Assembly.Location)
{
    [ModuleInitializer]
    internal static void RunWhenAsked() => LeasingHost.RunWhenAsked(PostgreSqlTarget.ThrowAway);
}
