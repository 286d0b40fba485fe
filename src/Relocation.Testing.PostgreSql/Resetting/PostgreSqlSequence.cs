using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>A key counter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="IsCached">Whether connections take several values at once and keep what they have not used.</param>
/// <param name="Users">The tables whose columns count with it.</param>
internal sealed record PostgreSqlSequence(TableName Name, long Start, bool IsCached, IReadOnlySet<TableName> Users)
{
    internal string Sql => PostgreSqlCatalog.Quote(Name);

    /// <summary>Statements that put it to a value. Nothing is written when it is there already.</summary>
    internal string SetTo(long value, bool isCalled)
    {
        // Only a restart makes other connections forget the values that they have cached.
        var restart = IsCached ? $"ALTER SEQUENCE {Sql} RESTART;\n" : string.Empty;
        var called = isCalled ? "true" : "false";
        return FormattableString.Invariant(
            $"{restart}SELECT setval({PostgreSqlCatalog.Literal(Sql)}::regclass, {value}, {called}) FROM {Sql} WHERE last_value <> {value} OR is_called <> {called};\n");
    }
}
