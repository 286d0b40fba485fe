using System.Text;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>A model of the backup and the table that takes its records; the key is <c>Id</c>.</summary>
internal sealed class BareTable(string label, string table, BareColumn[] columns)
{
    internal string Label => label;

    internal byte[] Utf8Label { get; } = Encoding.UTF8.GetBytes(label);

    internal string Table => table;

    internal BareColumn[] Columns => columns;

    /// <summary>All columns, the key first, quoted and separated by commas.</summary>
    internal string ColumnList => string.Join(", ", columns.Select(column => column.Column).Prepend("Id").Select(name => $"\"{name}\""));
}
