import RegistryModel
import Testing

@testable import RegistryStore

/// What operators leave on ephemeral instances (reliability E4, E5).
@Suite struct NoteTests {
  private let fixture: StoreFixture
  private let plain = Samples.instance(isEphemeral: true)
  private var noted: Instance {
    var instance = plain
    instance.overlay = Samples.overlay
    instance.mark = Samples.mark
    return instance
  }
  private var key: InstanceKey { InstanceKey(service: Samples.service, address: plain.address) }

  init() throws { fixture = try StoreFixture() }

  @Test func anOverlayAndAMarkAreKept() async throws {
    await fixture.commit(.operated(plain, noted))
    #expect(
      try fixture.reloaded().notes
        == [StoredState.StoredNote(key: key, overlay: Samples.overlay, mark: Samples.mark)])
  }

  @Test func aNoteStaysWhileItsInstanceIsAway() async throws {
    await fixture.commit(.operated(plain, noted))
    await fixture.commit(.deregistered(noted))
    #expect(try fixture.reloaded().notes.count == 1)
    await fixture.commit(.registered(noted))
    #expect(try fixture.reloaded().notes.count == 1)
  }

  @Test func aNoteThatIsClearedGoes() async throws {
    await fixture.commit(.operated(plain, noted))
    await fixture.commit(.operated(noted, plain))
    #expect(try fixture.reloaded().notes == [])
  }

  @Test func aNoteEndsWhenItsTimeIsOver() async throws {
    await fixture.commit(.operated(plain, noted))
    let whole = InstanceNote(overlay: Samples.overlay, mark: Samples.mark)
    let rest = InstanceNote(overlay: nil, mark: Samples.mark)
    await fixture.commit(.note(key, before: whole, after: rest), by: .system)
    #expect(try fixture.reloaded().notes == [StoredState.StoredNote(key: key, overlay: nil, mark: Samples.mark)])
    await fixture.commit(.note(key, before: rest, after: nil), by: .system)
    #expect(try fixture.reloaded().notes == [])
  }

  @Test func aNoteOutlivesItsService() async throws {
    await fixture.commit(.service(Samples.service, before: nil, after: Samples.settings), .operated(plain, noted))
    await fixture.commit(
      .instance(Samples.service, before: noted, after: nil, cause: .serviceRemoved),
      .service(Samples.service, before: Samples.settings, after: nil))
    let state = try fixture.reloaded()
    #expect(state.services.isEmpty)
    #expect(state.notes.map(\.key) == [key])
  }
}
