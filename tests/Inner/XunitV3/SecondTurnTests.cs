namespace Relocation.Testing.Inner.XunitV3;

public sealed class SecondTurnTests(TagDatabase database) : TurnTests(database);
