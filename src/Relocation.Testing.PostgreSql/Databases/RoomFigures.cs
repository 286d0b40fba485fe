namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>The use of a server's connections.</summary>
/// <param name="Allowed">How many it allows, minus those that it reserves.</param>
/// <param name="Leased">How many test databases use or may open.</param>
/// <param name="Others">How many other sessions there are.</param>
internal sealed record RoomFigures(long Allowed, long Leased, long Others)
{
    /// <summary>The server had no connection left to ask through.</summary>
    internal static RoomFigures Unknown { get; } = new(0, 0, 0);

    internal long Free => Allowed - Leased - Others;
}
