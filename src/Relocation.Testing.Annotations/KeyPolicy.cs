namespace Relocation.Testing;

/// <summary>Where the new keys of a model come from.</summary>
public enum KeyPolicy
{
    /// <summary>Every record gets a new key. For keys that the database or the application generates.</summary>
    Remap,

    /// <summary>Every record keeps the key it has in the backup. For natural keys, or where a test asks for it.</summary>
    Preserve,

    /// <summary>The parts of the key that refer to other records follow those; other parts are kept.</summary>
    Compose,
}
