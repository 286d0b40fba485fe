using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing.Records;

/// <summary>One column of the rows being written, and what the reader notes about it from record to record.</summary>
internal sealed class ColumnState(RelocationField field, int index, int keyPart)
{
    private RelocationField? _asRead;
    private Notes? _notes;

    internal RelocationField Field { get; } = field;

    /// <summary>The field as this backup's values are read: one whose texts are JSON in other backups may hold texts here.</summary>
    internal RelocationField AsRead
    {
        get => _asRead ?? Field;
        set => _asRead = value;
    }

    /// <summary>The cell's index in the row.</summary>
    internal int Index { get; } = index;

    /// <summary>Which part of the primary key the column is, or -1.</summary>
    internal int KeyPart { get; } = keyPart;

    /// <summary>The reference that is this column alone and leads to a counted-up integer key; the fast path.</summary>
    internal ReferenceState? Plain { get; set; }

    /// <summary>The other references that this column is a part of; nearly always none.</summary>
    internal IReadOnlyList<(ReferenceState Reference, int Part)> Parts => _notes?.Parts ?? [];

    /// <summary>The number of the record that the column was last found in.</summary>
    internal long Seen { get; set; }

    /// <summary>The number of the record whose value for the column a rule or a policy has replaced.</summary>
    internal long Changed
    {
        get => _notes?.Changed ?? 0;
        set => Noted.Changed = value;
    }

    internal long Defaulted => _notes?.Defaulted ?? 0;

    /// <summary>Where the field was absent first; meaningful when it was.</summary>
    internal PlaceRequest FirstDefaulted => _notes?.FirstDefaulted ?? default;

    private Notes Noted => _notes ??= new Notes();

    internal void AddPart(ReferenceState reference, int part) => Noted.Parts = [.. Parts, (reference, part)];

    /// <summary>Counts a record that lacks the field; true for the first, whose place <see cref="DefaultedAt"/> takes.</summary>
    internal bool CountDefaulted() => Noted.Defaulted++ == 0;

    internal void DefaultedAt(PlaceRequest place) => Noted.FirstDefaulted = place;

    /// <summary>How many values had more digits than the column keeps.</summary>
    internal long Shortened => _notes?.Shortened ?? 0;

    /// <summary>Where the first of these stands; meaningful when there is one.</summary>
    internal PlaceRequest FirstShortened => _notes?.FirstShortened ?? default;

    /// <summary>Counts a value that lost digits; true for the first, whose place <see cref="ShortenedAt"/> takes.</summary>
    internal bool CountShortened() => Noted.Shortened++ == 0;

    internal void ShortenedAt(PlaceRequest place) => Noted.FirstShortened = place;

    /// <summary>What most columns never need, so that an import of many models does not make room for it.</summary>
    private sealed class Notes
    {
        internal IReadOnlyList<(ReferenceState Reference, int Part)> Parts { get; set; } = [];

        internal long Changed { get; set; }

        internal long Defaulted { get; set; }

        internal PlaceRequest FirstDefaulted { get; set; }

        internal long Shortened { get; set; }

        internal PlaceRequest FirstShortened { get; set; }
    }
}
