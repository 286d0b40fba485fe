namespace Relocation.Testing.Planning;

/// <summary>How a row can be written before the row that it refers to.</summary>
internal enum CutKind
{
    /// <summary>The reference takes null: it can be written as null and filled in at the end.</summary>
    FilledInLater,

    /// <summary>The database checks the reference at the end of the transaction.</summary>
    Deferred,

    /// <summary>The reference is in rows that a member of the record becomes: these are written at the end.</summary>
    WrittenLater,

    /// <summary>The model refers to itself, and all its rows are written together.</summary>
    WithinModel,

    /// <summary>No foreign key enforces the reference.</summary>
    Unenforced,
}
