using System.Runtime.CompilerServices;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>One column of the rows being written, and what the reader notes about it from record to record.</summary>
internal sealed class ColumnBinding(RelocationField field, int index, int keyPart)
{
    private StrongBox<PlaceRequest>? _firstDefaulted;

    internal RelocationField Field { get; } = field;

    /// <summary>The cell's index in the row.</summary>
    internal int Index { get; } = index;

    /// <summary>Which part of the primary key the column is, or -1.</summary>
    internal int KeyPart { get; } = keyPart;

    /// <summary>The reference that is this column alone and leads to a counted-up integer key; the fast path.</summary>
    internal ReferenceBinding? Plain { get; set; }

    /// <summary>The other references that this column is a part of; nearly always none.</summary>
    internal IReadOnlyList<(ReferenceBinding Reference, int Part)> Parts { get; private set; } = [];

    /// <summary>The number of the record that the column was last found in.</summary>
    internal long Seen { get; set; }

    /// <summary>The number of the record whose value for the column a rule or a policy has replaced.</summary>
    internal long Changed { get; set; }

    internal long Defaulted { get; private set; }

    /// <summary>Where the field was absent first; meaningful when it was.</summary>
    internal PlaceRequest FirstDefaulted => _firstDefaulted!.Value;

    internal void AddPart(ReferenceBinding reference, int part) => Parts = [.. Parts, (reference, part)];

    internal void CountDefaulted(PlaceRequest place)
    {
        if (Defaulted++ == 0)
        {
            _firstDefaulted = new StrongBox<PlaceRequest>(place);
        }
    }
}
