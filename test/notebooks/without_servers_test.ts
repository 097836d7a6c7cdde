/** A chapter whose peers are servers, on a machine that has no other languages. */
import { testWithoutPeers } from "./quick.ts";

testWithoutPeers("07_client_and_server.ipynb", {
  duration: 20,
  requests: 6,
  few: 2,
  many: 3,
  handshake: 2,
});
