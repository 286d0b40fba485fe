namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Kept as a number, as text, and on PostgreSQL as an enum of the database.</summary>
public enum Mood
{
    Calm,
    Happy,
    Angry,
}
