using System.Text;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>A field of the backup and the column that takes it.</summary>
internal sealed class BareColumn(string name, string column, BareKind kind, string? target = null)
{
    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    internal string Column => column;

    internal BareKind Kind => kind;

    /// <summary>The label of the model that a reference leads to.</summary>
    internal string? Target => target;
}
