namespace Relocation.Testing;

/// <summary>How the value of an absent field is found.</summary>
public enum FieldDefaultKind
{
    /// <summary>A constant.</summary>
    Constant,

    /// <summary>The moment of the import, or one that lies <c>FieldDefault.Offset</c> after it.</summary>
    Now,

    /// <summary>Characters made from the import's seed.</summary>
    Token,

    /// <summary>A Guid made from the import's seed.</summary>
    Guid,

    /// <summary>The database's own default.</summary>
    Database,
}
