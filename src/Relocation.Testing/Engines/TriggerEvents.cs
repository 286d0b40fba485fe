namespace Relocation.Testing.Engines;

/// <summary>What triggers of the database's own react to.</summary>
[Flags]
internal enum TriggerEvents
{
    None = 0,
    Insert = 1,
    Update = 2,
    Delete = 4,
}
