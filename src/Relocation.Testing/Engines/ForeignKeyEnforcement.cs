namespace Relocation.Testing;

/// <summary>How an import made sure that every foreign key holds. The guarantee is the same; the cost differs.</summary>
public enum ForeignKeyEnforcement
{
    /// <summary>All rows were checked together before the commit.</summary>
    CheckedBeforeCommit,

    /// <summary>The database checked each row as it was written.</summary>
    CheckedRowByRow,
}
