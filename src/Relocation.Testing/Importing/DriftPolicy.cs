namespace Relocation.Testing;

/// <summary>What happens to models and fields of a backup that the model does not know.</summary>
public enum DriftPolicy
{
    /// <summary>They are left out, and the result lists them with their counts.</summary>
    Report,

    /// <summary>The import is refused before the first write, with all of them listed.</summary>
    Refuse,
}
