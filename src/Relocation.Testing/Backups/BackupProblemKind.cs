namespace Relocation.Testing;

/// <summary>What can be wrong with a backup, by itself or for the model that it is imported into.</summary>
public enum BackupProblemKind
{
    /// <summary>The text is not JSON, or not UTF-8.</summary>
    NotJson,

    /// <summary>The text ends before the array does.</summary>
    Truncated,

    /// <summary>The text's outermost value is not an array.</summary>
    NotAnArray,

    /// <summary>An element of the array is not an object.</summary>
    RecordNotAnObject,

    /// <summary>A record lacks <c>model</c>, <c>pk</c> or <c>fields</c>, or one of them has the wrong type.</summary>
    MissingMember,

    /// <summary>A record has a member, or a field, twice.</summary>
    DoubledMember,

    /// <summary>A record has a member besides <c>model</c>, <c>pk</c> and <c>fields</c>.</summary>
    UnexpectedMember,

    /// <summary>A model's label has no dot.</summary>
    LabelWithoutDot,

    /// <summary>A key is of a kind that the model's keys are not.</summary>
    KeyOfWrongKind,

    /// <summary>Two records of a model have the same key.</summary>
    DuplicateKey,

    /// <summary>A value is nested deeper, or a record is longer, than the limits allow.</summary>
    LimitExceeded,

    /// <summary>There is no such file, it cannot be read, or its compressed data is damaged.</summary>
    Unreadable,

    /// <summary>The backup changed while it was read.</summary>
    Changed,

    /// <summary>A field that has no default is absent.</summary>
    MissingField,

    /// <summary>A field's value is not of the field's type, is too long, or is null where that is not allowed.</summary>
    WrongValue,

    /// <summary>A reference leads to no record that was imported.</summary>
    UnresolvedReference,

    /// <summary>The database refused a row: a unique set, a foreign key, a check or a not-null column.</summary>
    RowRefused,

    /// <summary>The model does not know the label, and unknown models are refused.</summary>
    UnknownModel,

    /// <summary>The model does not know the field, and unknown fields are refused.</summary>
    UnknownField,

    /// <summary>A record's unique values are taken by a row of the database or an earlier record.</summary>
    Collision,

    /// <summary>A rule refused the record.</summary>
    RecordRefused,

    /// <summary>The backup holds records, and the import would take none of them.</summary>
    NothingTaken,
}
