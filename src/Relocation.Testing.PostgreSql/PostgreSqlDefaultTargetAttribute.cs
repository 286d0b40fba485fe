using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql;

[assembly: PostgreSqlDefaultTarget]

namespace Relocation.Testing.PostgreSql;

/// <summary>The default target of a test matrix on this engine.</summary>
internal sealed class PostgreSqlDefaultTargetAttribute : DefaultTargetAttribute
{
    internal override DatabaseEngine Engine => PostgreSqlEngine.Instance;

    internal override DatabaseTarget CreateTarget() => PostgreSqlTarget.ThrowAway();
}
