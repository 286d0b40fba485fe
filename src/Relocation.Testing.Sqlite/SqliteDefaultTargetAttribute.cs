using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite;

[assembly: SqliteDefaultTarget]

namespace Relocation.Testing.Sqlite;

/// <summary>The default target of a test matrix on this engine.</summary>
internal sealed class SqliteDefaultTargetAttribute : DefaultTargetAttribute
{
    internal override DatabaseEngine Engine => SqliteEngine.Instance;

    internal override DatabaseTarget CreateTarget() => SqliteTarget.InMemory();
}
