using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>A table as the catalogue knows it.</summary>
/// <param name="Oid">The table's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsPartitioned">Whether its rows are kept in partitions.</param>
/// <param name="IsPartition">Whether it is a part of another table.</param>
/// <param name="DeletesPlainly">Whether no trigger, rule or row policy steps in when its rows are deleted.</param>
/// <param name="TruncateTriggers">Statements that switch the user's triggers for TRUNCATE off, and on again as they were; empty where there are none.</param>
internal sealed record PostgreSqlTable(
    uint Oid, TableName Name, bool IsPartitioned, bool IsPartition, bool DeletesPlainly, (string Off, string On) TruncateTriggers)
{
    internal string Sql => PostgreSqlCatalog.Quote(Name);
}
