using System.Runtime.CompilerServices;

namespace Relocation.Testing;

/// <summary>The primary key of a model.</summary>
/// <remarks>A key is equal to itself only; a <c>with</c> expression makes another one.</remarks>
public sealed record RelocationKey
{
    /// <summary>The key's columns, in the order in which a backup lists the parts of a composite key.</summary>
    public required IReadOnlyList<RelocationField> Fields { get; init; }

    /// <summary>Where new keys come from.</summary>
    public required KeyPolicy Policy { get; init; }

    /// <summary>
    /// Whether the database counts the key up by itself (a sequence, an identity column, AUTOINCREMENT), so that the counter
    /// must move past imported keys. Default: no.
    /// </summary>
    public bool HasCounter { get; init; }

    /// <summary>
    /// The sequence that keys are taken from where no default of the column says so: applications that take keys in blocks
    /// (HiLo) read it themselves. Schema and name, or the name alone. Default: null.
    /// </summary>
    public IReadOnlyList<string>? BlockSequence { get; init; }

    /// <summary>How many keys a block of <see cref="BlockSequence"/> has. Default: 1.</summary>
    public long BlockSize { get; init; } = 1;

    /// <summary>What keys of this model are made of.</summary>
    public RecordKeyKind Kind => Fields.Count > 1 ? RecordKeyKind.Composite : PartKind(0);

    /// <summary>What one part of the key is made of.</summary>
    /// <param name="part">The part's index in <see cref="Fields"/>.</param>
    public RecordKeyKind PartKind(int part) => Fields[part].KeyKind;

    /// <summary>Whether both are the same object.</summary>
    /// <param name="other">The key to compare with.</param>
    public bool Equals(RelocationKey? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The names of the key's parts.</summary>
    public override string ToString() => string.Join(", ", Fields);
}
