namespace Relocation.Testing.Inner.XunitV3;

public sealed class FirstTurnTests(TagDatabase database) : TurnTests(database);
